package org.switchboard.api.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.switchboard.api.entry.Finding;

/** Writes what a configuration file says in the dialect that files are read in by default. Changes no file. */
@ProviderType
public interface ConfigurationConversion {

    /**
     * Converts one file. Comments stay where they are, included files are not followed, and options that the dialect of the
     * file implies are spelled out.
     *
     * @param dialect of the file, if the file does not name its own; empty for the dialect of the server
     * @param form in which entries are written, such as {@code positional} and {@code keyvalue}
     */
    Converted convert(Path file, Optional<String> dialect, String form);

    /**
     * The file in its new form.
     *
     * @param readable false if the file could not be read at all, or there is no such dialect or form; a finding says which
     * @param text what to write, with comments about everything that was lost
     * @param findings the same losses, and what is wrong with the file
     */
    record Converted(boolean readable, String text, List<Finding> findings) {
        public Converted {
            findings = List.copyOf(findings);
        }
    }
}
