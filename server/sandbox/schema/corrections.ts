// What the harvest of the provider's defaults missed, found by comparing plans with the real provider's.
import type { TypeSchema } from './schema-data.ts';

type Correction = Pick<TypeSchema, 'forceNew' | 'defaults' | 'computedBlocks'>;

export const corrections: Readonly<Record<string, Correction>> = {};
