declare module '*.module.css' {
  /** Class names as written in the file → as they are in the page. */
  const classes: Readonly<Record<string, string>>
  // The one default export we live with: it is how the bundler hands over a CSS module.
  export default classes
}
declare module '*.css'
