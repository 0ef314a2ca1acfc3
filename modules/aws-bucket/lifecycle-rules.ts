// The life cycle of a bucket's objects. Zero days means never.

export interface LifecycleParams {
  versioning: boolean;
  moveToInfrequentAccessDays: number;
  deleteAfterDays: number;
  abortUploadsDays: number;
  keepOldVersionsDays?: number;
}

const everything = [{ prefix: '' }];

/** Rules in AWS's words; one for each thing that may happen, so that turning one off leaves the others alone. */
export function lifecycleRules(params: LifecycleParams) {
  return [
    rule('unfinished-uploads', { abortIncompleteMultipartUpload: [{ daysAfterInitiation: params.abortUploadsDays }] }),
    ...(movesObjects(params)
      ? [
          rule('infrequent-access', {
            transition: [{ days: params.moveToInfrequentAccessDays, storageClass: 'STANDARD_IA' }],
          }),
        ]
      : []),
    ...(params.deleteAfterDays > 0 ? [rule('objects', { expiration: [{ days: params.deleteAfterDays }] })] : []),
    ...(params.versioning && params.keepOldVersionsDays
      ? [rule('old-versions', { noncurrentVersionExpiration: [{ noncurrentDays: params.keepOldVersionsDays }] })]
      : []),
  ];
}

/** AWS refuses to move objects that would be deleted by then. */
function movesObjects({ moveToInfrequentAccessDays: move, deleteAfterDays: end }: LifecycleParams): boolean {
  return move > 0 && (end === 0 || end > move);
}

function rule<T extends object>(id: string, action: T) {
  return { id, status: 'Enabled', filter: everything, ...action };
}
