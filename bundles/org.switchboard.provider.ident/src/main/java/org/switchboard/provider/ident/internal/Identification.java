package org.switchboard.provider.ident.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.switchboard.posix.Account;
import org.switchboard.posix.Lines.End;
import org.switchboard.posix.Lines.Line;
import org.switchboard.posix.SystemText;
import org.switchboard.posix.UserFiles;
import org.switchboard.posix.Users;
import org.switchboard.provider.ident.internal.IdentOptions.Flag;

/**
 * What is answered to a query, in the order of FreeBSD. Asks the system, so it may block.
 *
 * <p>Source: RFC 1413; inetd(8), FreeBSD.
 */
final class Identification {

    private static final Pattern QUERY = Pattern.compile("\\s*(\\d{1,5})\\s*,\\s*(\\d{1,5})(\\D.*)?", Pattern.DOTALL);
    private static final Pattern FAKE = Pattern.compile("[ \\t]*([\\x21-\\x7e]{1,32})[\\x21-\\x7e]*(?:[ \\t\\r\\n].*)?", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final int MAX_PORT = 65535;
    private static final int FILE_BYTES = 1024;
    private static final int GARBAGE_LENGTH = 32;
    private static final int BASE = 36;

    private final Users users;
    private final UserFiles files;
    private final ConnectionOwners owners;
    private final SecureRandom random = new SecureRandom();

    Identification(Users users, UserFiles files, ConnectionOwners owners) {
        this.users = users;
        this.files = files;
        this.owners = owners;
    }

    /** Why nobody is named. */
    private static final class Unidentified extends Exception {
        private static final long serialVersionUID = 1L;

        Unidentified(String error) {
            super(error);
        }
    }

    /** The answer, with its line end, to somebody whose connection to us has these ends. */
    String answer(IdentOptions options, Line query, SocketAddress local, SocketAddress remote) {
        Matcher ports = QUERY.matcher(query.text());
        // Without anything behind it, a port may be half of one.
        boolean whole = ports.matches() && (query.end() == End.LINE || ports.group(3) != null);
        int ours = whole ? port(ports.group(1)) : 0;
        int theirs = whole ? port(ports.group(2)) : 0;
        if (ours == 0 || theirs == 0) {
            return "0 , 0 : ERROR : INVALID-PORT\r\n";
        }
        String pair = ours + " , " + theirs;
        try {
            return pair + " : USERID : " + options.system() + " : " + user(options, local, ours, remote, theirs) + "\r\n";
        } catch (Unidentified nobody) {
            return pair + " : ERROR : " + nobody.getMessage() + "\r\n";
        }
    }

    /** The answer when there is no time to find out. */
    static String busy() {
        return "0 , 0 : ERROR : UNKNOWN-ERROR\r\n";
    }

    private static int port(String digits) {
        int port = Integer.parseInt(digits);
        return port <= MAX_PORT ? port : 0;
    }

    private String user(IdentOptions options, SocketAddress local, int ours, SocketAddress remote, int theirs) throws Unidentified {
        if (options.has(Flag.GARBAGE)) {
            return garbage();
        }
        if (!options.has(Flag.REAL)) {
            return options.fallback().orElseThrow(() -> new Unidentified("HIDDEN-USER"));
        }
        OptionalInt uid;
        try {
            uid = local instanceof InetSocketAddress here && remote instanceof InetSocketAddress there
                    ? owners.owner(new InetSocketAddress(here.getAddress(), ours), new InetSocketAddress(there.getAddress(), theirs))
                    : OptionalInt.empty();
        } catch (IOException unknown) {
            return options.fallback().orElseThrow(() -> new Unidentified("UNKNOWN-ERROR"));
        }
        if (uid.isEmpty()) {
            return options.fallback().orElseThrow(() -> new Unidentified("NO-USER"));
        }
        try {
            return name(options, uid.getAsInt());
        } catch (IOException unknown) {
            throw new Unidentified("UNKNOWN-ERROR");
        }
    }

    private String name(IdentOptions options, int uid) throws IOException, Unidentified {
        String name = users.userName(uid).orElseThrow(() -> new Unidentified("NO-USER"));
        if (options.has(Flag.HIDE) || options.has(Flag.FAKE) || options.has(Flag.FAKE_ANYBODY)) {
            Optional<Account> account = users.user(name).filter(each -> each.home().startsWith("/"));
            if (account.isPresent()) {
                Path home = SystemText.path(account.get().home());
                if (options.has(Flag.HIDE) && Files.exists(home.resolve(".noident"), LinkOption.NOFOLLOW_LINKS)) {
                    throw new Unidentified("HIDDEN-USER");
                }
                Optional<String> fake = fake(options, home.resolve(".fakeid"), uid);
                if (fake.isPresent()) {
                    return fake.get();
                }
            }
        }
        return options.has(Flag.NUMBER) ? Integer.toUnsignedString(uid) : name;
    }

    private Optional<String> fake(IdentOptions options, Path file, int uid) throws IOException {
        if (!options.has(Flag.FAKE) && !options.has(Flag.FAKE_ANYBODY)) {
            return Optional.empty();
        }
        Optional<byte[]> content = files.head(file, uid, FILE_BYTES);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = FAKE.matcher(new String(content.get(), StandardCharsets.ISO_8859_1));
        if (!matcher.matches() || !options.has(Flag.FAKE_ANYBODY) && isSomebody(options, matcher.group(1))) {
            return Optional.empty();
        }
        return Optional.of(matcher.group(1));
    }

    private boolean isSomebody(IdentOptions options, String word) throws IOException {
        if (options.has(Flag.NUMBER)) {
            return NUMBER.matcher(word).matches() && users.userName(Integer.parseInt(word)).isPresent();
        }
        return users.user(word).isPresent();
    }

    private String garbage() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GARBAGE_LENGTH; i++) {
            text.append(Character.forDigit(random.nextInt(BASE), BASE));
        }
        return text.toString();
    }
}
