declare module '*/templates/files/index.yaml' {
  /** One file of the setup, as `templates/files/index.yaml` describes it. */
  type SetupTemplate = {
    /** Names the template for good; never given to another one. */
    id: string
    /** Path from the repository root, forward slashes. */
    target: string
    /** Owned files are upgraded by Countersign, seed files are the user's from the first day on. */
    class: 'owned' | 'seed'
    /** What the file is for, as a phrase. */
    about: string
    /** The file's text for a repository. */
    text(contexts: SetupContexts): string
  }
  const templates: SetupTemplate[]
  export default templates
}
