import { useEffect, useState } from 'preact/hooks'

/** A part of the program that is fetched when it is first needed. */
export interface Chunk<Part> {
  /** Fetched already, or `null`. */
  readonly current: Part | null
  load(): Promise<Part>
}

export function createChunk<Part>(fetchPart: () => Promise<Part>): Chunk<Part> {
  let current: Part | null = null
  return {
    get current() {
      return current
    },
    async load() {
      current ??= await fetchPart()
      return current
    },
  }
}

export type ChunkState<Part> =
  | { readonly state: 'ready'; readonly part: Part }
  | { readonly state: 'loading' | 'missing'; readonly part: null; readonly retry: () => void }

/** Fetches a part of the program as soon as `isWanted`. `missing`: there was no network, and the worker did not have it yet. */
export function useChunk<Part>(chunk: Chunk<Part>, isWanted: boolean): ChunkState<Part> {
  const [asked, setAsked] = useState(0)
  const [failedAt, setFailedAt] = useState(-1)
  const [, setLoaded] = useState(false)
  useEffect(() => {
    if (!isWanted || chunk.current !== null) return
    chunk.load().then(
      () => setLoaded((loaded) => !loaded),
      () => setFailedAt(asked),
    )
  }, [chunk, isWanted, asked])
  if (chunk.current !== null) return { state: 'ready', part: chunk.current }
  return { state: failedAt === asked ? 'missing' : 'loading', part: null, retry: () => setAsked(asked + 1) }
}
