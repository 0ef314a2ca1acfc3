// The kinds of refusal that AWS has, as rules to put into a service's table.
import { isObject, type ObjectValue, textOf } from '../wire/value.ts';
import type { LookUp } from './cloud.ts';
import type { Rule, Subject } from './model.ts';
import { textAt, textsAt } from './paths.ts';
import { isForeignArn } from './realm.ts';
import { Refusal } from './refusal.ts';

export interface Answer {
  code: string;
  text: (value: string, object: ObjectValue) => string;
}

/**
 * Every text at `path` must name an object that exists. ARNs of other accounts are not judged, nor is what AWS brings
 * along itself (`given`).
 */
export function refers(path: string, lookUps: readonly LookUp[], answer: Answer, given?: RegExp): Rule {
  return async ({ object, prior, cloud }) => {
    for (const value of new Set(textsAt(object, path))) {
      if (prior && textsAt(prior, path).includes(value)) continue;
      if (given?.test(value) || isForeignArn(cloud.realm, value) || (await cloud.find(value, ...lookUps))) continue;
      throw new Refusal(answer.code, answer.text(value, object), head(path));
    }
  };
}

/** Every text at `path` must match `pattern`. */
export function matches(path: string, pattern: RegExp, answer: Answer): Rule {
  return ({ object }) => {
    const bad = textsAt(object, path).find((value) => !pattern.test(value));
    if (bad !== undefined) throw new Refusal(answer.code, answer.text(bad, object), head(path));
  };
}

/** A number at `path`, when it is set, must lie between `min` and `max`. */
export function within(path: string, min: number, max: number, answer: Answer): Rule {
  return ({ object }) => {
    const value = textOf(object[path]);
    if (value === '' || (Number(value) >= min && Number(value) <= max)) return;
    throw new Refusal(answer.code, answer.text(value, object), path);
  };
}

/** No other object of the type may agree with this one on all `paths` (a name inside of a VPC, a port of a listener). */
export function unique(paths: readonly string[], answer: Answer): Rule {
  return async ({ type, object, prior, cloud }) => {
    const [first = ''] = paths;
    const value = textOf(object[first]);
    if (prior || value === '') return;
    const agrees = (other: ObjectValue): boolean => paths.every((path) => textOf(other[path]) === textOf(object[path]));
    if ((await cloud.all(type)).some(agrees)) throw new Refusal(answer.code, answer.text(value, object), first);
  };
}

/** For a removal: nobody at any of `holders` may still name this object by its attribute `by`. */
export function heldBy(by: string, holders: readonly LookUp[], answer: Answer): Rule {
  return async ({ type: own, object, cloud }) => {
    const value = textAt(object, by);
    for (const [type, path] of holders) {
      const others = value === '' ? [] : await cloud.where(type, path, value);
      if (others.some((other) => type !== own || other.id !== object.id))
        throw new Refusal(answer.code, answer.text(value, object));
    }
  };
}

/** For a removal: the boolean attribute must be off. */
export function unprotected(attribute: string, answer: Answer): Rule {
  return ({ object }) => {
    if (object[attribute] === true)
      throw new Refusal(answer.code, answer.text(textAt(object, 'id'), object), attribute);
  };
}

/** The policy at `path`, when set, must be JSON with statements of the known words. */
export function policyDocument(path: string, code: string, needs: { principal: boolean }): Rule {
  return ({ object }) => {
    for (const text of textsAt(object, path)) {
      const fault = policyFault(text, needs.principal);
      if (fault) throw new Refusal(code, fault, head(path));
    }
  };
}

/** A rule that holds at creation only. */
export function whenMade(rule: Rule): Rule {
  return (subject: Subject) => (subject.prior ? undefined : rule(subject));
}

/** The statements of a policy text; none when it is no policy. */
export function statementsOf(policy: string): Record<string, unknown>[] {
  const document = parse(policy);
  const list = Array.isArray(document?.Statement) ? document.Statement : [document?.Statement];
  return list.filter((statement) => typeof statement === 'object' && statement !== null);
}

/** A text or list of texts in a policy, as a list. */
export function listed(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}

function policyFault(text: string, principal: boolean): string | undefined {
  if (!parse(text)) return 'This policy contains invalid Json';
  const statements = statementsOf(text);
  if (statements.length === 0) return 'Syntax errors in policy: missing required field Statement';
  for (const statement of statements) {
    if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny')
      return 'Syntax error: Effect must be Allow or Deny';
    if (!statement.Action && !statement.NotAction) return 'Policy statement must contain actions.';
    const named = statement.Principal ?? statement.NotPrincipal;
    if (principal && !named) return 'Missing required field Principal';
    if (!principal && named) return 'Policy document should not specify a principal.';
    if (!principal && !statement.Resource && !statement.NotResource) return 'Policy statement must contain resources.';
  }
  return undefined;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return isObject(document as ObjectValue) ? (document as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function head(path: string): string {
  return path.split('.')[0] ?? path;
}
