"""Package data: the seed articles, the invented case of Marlow Quay, the verdict scales and the flags; `manifest.json`
lists the files in the order of ingest, `LICENSES.md` says where they come from. Read them through
`importlib.resources`.
"""
