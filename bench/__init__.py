"""Speed against the raw machine, measured in alternation in one run: `python -m bench [intake|webhook|sweep]`."""
