"""Training of the packaged attribution model: `python -m workbench.extract.train --help`. Needs the extra `train`."""
