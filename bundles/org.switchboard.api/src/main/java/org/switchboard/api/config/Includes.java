package org.switchboard.api.config;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;

/** Gives a {@link Dialect} the texts of the files that a file includes. Belongs to one file and to one reading of it. */
@ProviderType
public interface Includes {

    /**
     * The files that a pattern names, each read at most once on the way from the first file to here.
     *
     * @param directive where the including directive stands, for findings
     * @param pattern a file name; its last part may hold {@code *}, {@code ?} and {@code […]}. Relative names start at the
     *     directory of the including file. A pattern that nothing matches names no file, and is no error
     */
    Included read(Origin directive, String pattern);

    /** Files in the order of their names, and what is wrong with others that were meant. */
    record Included(List<Text> texts, List<Finding> findings) {
        public Included {
            texts = List.copyOf(texts);
            findings = List.copyOf(findings);
        }
    }

    /**
     * One included file.
     *
     * @param origin its name, as findings should quote it
     * @param includes for what the file itself includes
     */
    record Text(String origin, String text, Includes includes) {
    }
}
