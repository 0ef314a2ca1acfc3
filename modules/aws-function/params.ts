// What a function can be told; mirrors module.json.

export interface Params {
  source: 'image' | 'zip';
  architecture: 'arm64' | 'x86_64';
  memoryMb: number;
  timeoutSeconds: number;
  reservedConcurrency?: number;
  batchSize: number;
  errorAlarm: boolean;
  variables: Record<string, string>;
  logDays: number;
  /** Where source is image. */
  imageUri?: string;
  /** These four where source is zip. */
  zipBucket?: string;
  zipKey?: string;
  runtime: string;
  handler: string;
}
