package org.switchboard.posix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Files that ordinary users leave for the server in their home directories, read so that nobody gets to read through it what is
 * not his own. Safe for several threads.
 */
@ProviderType
public interface UserFiles {

    /**
     * The first bytes of a file, if it is a regular file, no link, and that user's own; opening it never waits, whatever it is.
     * What it is, is asked of the open file, so that nobody can put another in its place in between.
     *
     * @param most how many bytes to read at most
     * @return empty if there is no such file, it is not like that, or the server may not read it
     * @throws PosixUnavailableException where this cannot be done
     */
    Optional<byte[]> head(Path file, int uid, int most) throws IOException;
}
