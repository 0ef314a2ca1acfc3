// Ajv with our vocabulary. It compiles code, which the page's content security policy forbids: the page never imports this folder.
import { Ajv2020, type Options } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** Keywords that annotate params, contract fields and whole contracts; the rules read them, Ajv only lets them pass. */
const ANNOTATIONS: readonly (readonly [keyword: string, type: string])[] = [
  ['immutable', 'boolean'],
  ['unit', 'string'],
  ['risk', 'string'],
  ['cost', 'string'],
  ['secret', 'boolean'],
  ['secretReference', 'boolean'],
  ['secretReason', 'string'],
  ['summary', 'string'],
  ['family', 'string'],
  ['grants', 'object'],
  ['env', 'object'],
  ['network', 'array'],
];

/** Ajv for JSON Schema 2020-12 in strict mode; it lists every finding and changes no data. */
export function createAjv(options: Options = {}): Ajv2020 {
  // A `required` within if, then or oneOf names properties that the schema around it defines: strictRequired would refuse that.
  const ajv = new Ajv2020({ strict: true, allErrors: true, strictRequired: false, ...options });
  addFormats.default(ajv);
  for (const [keyword, type] of ANNOTATIONS) ajv.addKeyword({ keyword, metaSchema: { type } });
  ajv.addKeyword({ keyword: 'known', metaSchema: { enum: ['static', 'planned', 'applied'] } });
  return ajv;
}
