import type { Action } from './action.ts';
import { ARRANGE_ACTIONS } from './arrange.ts';
import { CLIPBOARD_ACTIONS } from './clipboard.ts';
import { connect } from './connect.ts';
import { deleteSelection, selectAll, selectNothing } from './edit.ts';
import { ELEMENT_ACTIONS } from './element.ts';
import { exportCanvas } from './export.ts';
import { GROUP_ACTIONS } from './groups.ts';
import { redo, undo } from './history.ts';
import { arrangeAll, arrangeSelection, stopArranging } from './layout.ts';
import { leaveLens, toggleLens } from './lens.ts';
import { copyLink } from './link.ts';
import { addNote } from './notes.ts';
import { PAGE_ACTIONS, PAGE_TOGGLES } from './page.ts';
import { PANE_ACTIONS } from './panes.ts';
import { askDestroy, cancelRun, discardPlan, lookForDrift, openReview, planChanges, resumeRun } from './runs.ts';
import { leaveTool, TOOL_ACTIONS } from './tools.ts';
import { startTour } from './tour.ts';
import { VIEW_ACTIONS } from './view.ts';
import { WALK_ACTIONS } from './walk.ts';

/** Every command: what the palette finds, menus list, the shortcut sheet shows and keys do. Add yours to the list of its subject. */
export const ACTIONS: readonly Action[] = [
  undo,
  redo,
  ...CLIPBOARD_ACTIONS,
  ...ELEMENT_ACTIONS,
  connect,
  deleteSelection,
  selectAll,
  PAGE_ACTIONS.searchCanvas,
  ...WALK_ACTIONS,
  leaveTool,
  stopArranging,
  leaveLens,
  selectNothing,
  toggleLens,
  ...ARRANGE_ACTIONS,
  arrangeAll,
  arrangeSelection,
  ...GROUP_ACTIONS,
  addNote,
  copyLink,
  exportCanvas,
  PAGE_ACTIONS.addModule,
  PAGE_ACTIONS.searchModules,
  ...Object.values(VIEW_ACTIONS),
  ...Object.values(PANE_ACTIONS),
  ...Object.values(TOOL_ACTIONS),
  planChanges,
  lookForDrift,
  openReview,
  cancelRun,
  discardPlan,
  resumeRun,
  askDestroy,
  PAGE_ACTIONS.openCommands,
  PAGE_ACTIONS.showShortcuts,
  startTour,
  PAGE_ACTIONS.saveNow,
  ...PAGE_TOGGLES,
];
