// Where the browser begins. The words are on the screen already: everything else waits until they are painted,
// so that a slow phone shows the page first and thinks afterwards.
requestAnimationFrame(() =>
  setTimeout(() => {
    if (location.pathname.startsWith('/sessions/')) void import('./main.sign-up.tsx') // beside the program, not after it
    void import('./main.app.tsx').then(({ start }) => start())
  }),
)

export {}
