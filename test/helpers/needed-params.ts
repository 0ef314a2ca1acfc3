// Params that a module cannot do without and that no preset sets: by module.
export const NEEDED_PARAMS: Record<string, Record<string, unknown>> = {
  'aws-function': { imageUri: '000000000000.dkr.ecr.eu-central-1.amazonaws.com/invoices:1.0.0' },
};
