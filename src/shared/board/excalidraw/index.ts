/** Excalidraw's published file format, version 2: https://docs.excalidraw.com/docs/codebase/json-schema */
export { exportClipboard, exportExcalidraw, exportSteps, type ExportOptions } from './exportFile'
export {
  ExcalidrawError,
  importExcalidraw,
  importSteps,
  isExcalidrawClipboard,
  withAssets,
  type ExcalidrawErrorCode,
  type ExcalidrawFault,
  type ExcalidrawPicture,
  type ImportedScene,
  type ImportOptions,
} from './importFile'
