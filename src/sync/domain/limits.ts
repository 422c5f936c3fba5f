// The numbers of the wire, apart from its schemas: a phone needs these, and leaves reading what it wrote itself to the server.

/** Rises when an old phone and a new server could misunderstand each other. The server reads all versions up to its own. */
export const PROTOCOL = 2
export const PUSH_MAX = 200
/** Rows of one answer, give or take the rows of its last version. */
export const PULL_MAX = 5000
