/** Names a dragged module in the drag's data, so that files and text dropped on the canvas are left alone. */
export const MODULE_DRAG_TYPE = 'application/x-plumbline-module';
