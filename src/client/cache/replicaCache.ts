/** The interface lives in shared, since the desktop's main process implements it as well. */
export * from '../../shared/cache/replicaCache'
