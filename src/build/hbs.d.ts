declare module '*.hbs' {
  const render: (context: object) => string
  export default render
}
