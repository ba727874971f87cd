package org.switchboard.itests.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines that a process prints, as they come. */
public final class Lines {

    private final List<String> seen = new ArrayList<>(); // guarded by itself
    private boolean ended; // guarded by seen

    /** Reads the stream to its end on a thread of its own. */
    public static Lines of(InputStream stream, String name) {
        Lines lines = new Lines();
        Thread reader = new Thread(() -> lines.read(stream), "lines of " + name);
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    /** Waits for a line with a match and returns that, old lines included. */
    public Matcher await(String regex, Duration deadline) throws InterruptedException {
        return await(regex, 0, deadline);
    }

    /** The same, without the lines before that position. */
    public Matcher await(String regex, int from, Duration deadline) throws InterruptedException {
        Pattern pattern = Pattern.compile(regex);
        long end = System.nanoTime() + deadline.toNanos();
        int next = from;
        synchronized (seen) {
            while (true) {
                for (; next < seen.size(); next++) {
                    Matcher matcher = pattern.matcher(seen.get(next));
                    if (matcher.find()) {
                        return matcher;
                    }
                }
                long left = (end - System.nanoTime()) / 1_000_000;
                if (ended || left <= 0) {
                    throw new AssertionError((ended ? "it ended without" : "in " + deadline.toSeconds() + " s no")
                            + " line with '" + regex + "' in:\n" + String.join("\n", seen));
                }
                seen.wait(left);
            }
        }
    }

    /** How many lines there are by now; a position for {@link #await(String, int, Duration)}. */
    public int count() {
        synchronized (seen) {
            return seen.size();
        }
    }

    /** The lines by now that contain that text. */
    public List<String> containing(String text) {
        synchronized (seen) {
            return seen.stream().filter(line -> line.contains(text)).toList();
        }
    }

    @Override
    public String toString() {
        synchronized (seen) {
            return String.join("\n", seen);
        }
    }

    private void read(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (seen) {
                    seen.add(line);
                    seen.notifyAll();
                }
            }
        } catch (IOException e) {
            synchronized (seen) {
                seen.add("(cannot read further: " + e + ")");
            }
        }
        synchronized (seen) {
            ended = true;
            seen.notifyAll();
        }
    }
}
