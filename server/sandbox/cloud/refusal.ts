// A "no" from the cloud, in AWS's own words.

/** Thrown by rules and faults; becomes one error diagnostic. */
export class Refusal extends Error {
  /** AWS's error code, such as `InvalidVpcID.NotFound`. */
  readonly code: string;
  /** The attribute at fault, when it is one. */
  readonly attribute: string | undefined;

  constructor(code: string, text: string, attribute?: string) {
    super(`${code}: ${text}`);
    this.name = 'Refusal';
    this.code = code;
    this.attribute = attribute;
  }
}
