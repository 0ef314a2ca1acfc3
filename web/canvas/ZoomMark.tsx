import { useViewport } from '@xyflow/react';

export function ZoomMark() {
  const { zoom } = useViewport();
  return <span className="quiet number">Zoom {Math.round(zoom * 100)}%</span>;
}
