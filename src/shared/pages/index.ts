export {
  cutTitle,
  findPage,
  MAX_TITLE_LENGTH,
  PAGE_KINDS,
  PAGE_LIST_ID,
  readPages,
  type ListedKind,
  type PageEntry,
} from './pageEntry'
export { PageListError, type PageListErrorCode } from './pageListError'
export { pageListRule, type PageListLimits } from './pageListRule'
export {
  createPage,
  deletePage,
  movePage,
  renamePage,
  restorePage,
  type NewPage,
  type PagePlace,
} from './pageOps'
