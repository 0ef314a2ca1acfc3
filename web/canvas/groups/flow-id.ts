import type { Element } from '../../stores/view.ts';

const KINDS = ['group', 'note', 'stub', 'bundle'] as const;
type Kind = (typeof KINDS)[number];

/** Boxes and lines keep their ids on the canvas; everything else has its kind before it, which no box's id can have. */
export const flowId = (kind: Kind, id: string): string => `${kind}:${id}`;

/** The id on the canvas of something that the keyboard can stand on. */
export const flowIdOf = ({ kind, id }: Element): string => (kind === 'box' || kind === 'line' ? id : flowId(kind, id));

export function readFlowId(flow: string): { kind: Kind | 'box'; id: string } {
  const at = flow.indexOf(':');
  const kind = at > 0 ? KINDS.find((each) => each === flow.slice(0, at)) : undefined;
  return kind ? { kind, id: flow.slice(at + 1) } : { kind: 'box', id: flow };
}

/** Arrows walk over the canvas (`use-box-keys.ts`); with a thousand boxes Tab would never come out of it. */
export const NO_TAB_STOP = { tabIndex: -1 };
