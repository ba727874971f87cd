package org.switchboard.shell.internal;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.BundleContext;
import org.osgi.framework.launch.Framework;
import org.apache.felix.framework.FrameworkFactory;

/** Gogo with the commands in it, over a real service registry. */
final class Console {

    private final Framework framework;
    private final ThreadIOImpl streams = new ThreadIOImpl();
    final CommandProcessorImpl processor = new CommandProcessorImpl(streams);
    final InetdCommands commands;

    Console(Path storage) throws Exception {
        framework = new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", storage.toString()));
        framework.start();
        streams.start();
        commands = new InetdCommands(framework.getBundleContext());
        for (Usage usage : Usage.all(InetdCommands.class)) {
            processor.addCommand("inetd", commands, usage.command());
        }
        processor.addCommand("inetd", commands, "__services");
        processor.addCommand("inetd", commands, "__retry");
        processor.addCommand("inetd", commands, "__suggest");
        processor.addCommand("inetd", commands, "__sessions");
        processor.addCommand("inetd", commands, "__providers");
        processor.addCommand("inetd", commands, "__states");
        processor.addConverter(new InetdConverter());
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** What a line prints; an exception is one line in the way consoles print it. */
    String type(String line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CommandSession session = processor.createSession(InputStream.nullInputStream(), bytes, bytes)) {
            Object result = session.execute(line);
            return bytes.toString(StandardCharsets.UTF_8) + (result == null ? "" : session.format(result, Converter.INSPECT));
        } catch (Exception e) {
            return e.toString();
        }
    }

    /** The message with which a line fails. */
    String fails(String line) {
        try (CommandSession session = processor.createSession(InputStream.nullInputStream(), System.out, System.err)) {
            return "no failure, but " + session.execute(line);
        } catch (Exception e) {
            return e.getMessage();
        }
    }

    List<String> lines(String line) {
        return type(line).lines().toList();
    }

    void close() throws Exception {
        streams.stop();
        framework.stop();
        framework.waitForStop(0);
    }
}
