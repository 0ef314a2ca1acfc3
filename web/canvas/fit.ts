import type { FitViewOptions } from '@xyflow/react';

/** Everything in view, clear of the toolbar below. */
export const FIT: FitViewOptions = {
  padding: { top: '28px', right: '28px', bottom: '62px', left: '28px' },
  maxZoom: 1,
};
