"""One module for each adapter, named like it: `platform(folder)` puts it to work for the suite."""
