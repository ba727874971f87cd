package org.switchboard.api.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;

/** Reads and validates configuration files without opening anything. */
@ProviderType
public interface ConfigurationCheck {

    /** Checks these files together, in the dialect of the server; the configured files if the list is empty. */
    default Result check(List<Path> files) {
        return check(files, Optional.empty());
    }

    /**
     * Checks these files together; the configured ones if the list is empty.
     *
     * @param dialect in which files are read that do not name their own; empty for the dialect of the server, and where that was
     *     not told one, for the dialect of the file's place
     */
    Result check(List<Path> files, Optional<String> dialect);

    /**
     * What was found.
     *
     * @param readable false if a file could not be read at all; a finding says which and why
     * @param files in which dialects the files were read
     */
    record Result(boolean readable, List<ServiceEntry> entries, List<Finding> findings, List<ReadFile> files) {
        public Result {
            entries = List.copyOf(entries);
            findings = List.copyOf(findings);
            files = List.copyOf(files);
        }

        /** A result that does not tell the dialects. */
        public Result(boolean readable, List<ServiceEntry> entries, List<Finding> findings) {
            this(readable, entries, findings, List.of());
        }
    }

    /**
     * In which dialect a file was read.
     *
     * @param source the name of the file
     * @param reason why in that one, as the end of a sentence
     */
    record ReadFile(String source, String dialect, String reason) {
    }
}
