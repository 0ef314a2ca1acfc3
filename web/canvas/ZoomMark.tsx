import { type ReactFlowState, useStore } from '@xyflow/react';

const percentOf = ({ transform }: ReactFlowState) => Math.round(transform[2] * 100);

export function ZoomMark() {
  return <span className="quiet number">Zoom {useStore(percentOf)}%</span>;
}
