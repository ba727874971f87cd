package org.switchboard.itests.programs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Clients that ask services again and again, and note each answer that is not right. */
public final class AskingClients implements AutoCloseable {

    /** What a service on that port answers that is not right. */
    public interface Question {
        Optional<String> ask(String service, int port) throws IOException;
    }

    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    private AskingClients() {
    }

    public static AskingClients of(Question question, Map<String, Integer> ports, String... services) {
        AskingClients clients = new AskingClients();
        for (String service : services) {
            Thread thread = new Thread(() -> clients.ask(question, service, ports.get(service)), "client of " + service);
            thread.start();
            clients.threads.add(thread);
        }
        return clients;
    }

    private void ask(Question question, String service, int port) {
        while (!over) {
            try {
                question.ask(service, port).ifPresent(answer -> complaints.add(service + ": '" + answer + "'"));
            } catch (IOException failed) {
                complaints.add(service + ": " + failed);
                return;
            }
        }
    }

    /** What was not right so far. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
