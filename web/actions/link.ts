import { routeTo } from '../stores/route.ts';
import { select } from '../stores/session.ts';
import type { Workspace } from '../stores/workspace.ts';
import { notifyNote, notifyProblem } from '../ui/notify.tsx';
import type { Action } from './action.ts';

const onlyBox = ({ session }: Workspace) => {
  const { nodes } = session.getState().selection;
  return nodes.length === 1 ? nodes[0] : undefined;
};

export const copyLink: Action = {
  id: 'copy-link',
  label: 'Copy link to box',
  group: 'Edit',
  shortcut: 'alt+shift+c',
  menus: ['box'],
  words: 'address url share',
  isEnabled: (workspace) => onlyBox(workspace) !== undefined,
  perform: async (workspace) => {
    const box = onlyBox(workspace);
    const address = `${window.location.origin}${window.location.pathname}${routeTo({ ...workspace.scope, box })}`;
    try {
      await navigator.clipboard.writeText(address);
      notifyNote('Link copied', 'It opens this environment at the box.');
    } catch {
      notifyProblem('The link was not copied.', `The browser keeps the clipboard shut. This is it: ${address}`);
    }
  },
};

/** Follows a link to a box: selects it and brings it into view. The address forgets it, so that a reload does not come back to it. */
export function followLink(workspace: Workspace, box: string): void {
  window.history.replaceState(null, '', routeTo(workspace.scope));
  const node = workspace.document.content().nodes[box];
  if (!node) {
    notifyProblem('The box of this link is gone.', `There is no box "${box}" in ${workspace.scope.environment}.`);
    return;
  }
  select(workspace.session, { nodes: [box] });
  workspace.session.setState({ reveal: { node: box } });
}
