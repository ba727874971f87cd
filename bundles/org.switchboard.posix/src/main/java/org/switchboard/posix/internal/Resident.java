package org.switchboard.posix.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.service.log.Logger;
import org.switchboard.posix.Launch;
import org.switchboard.posix.PosixException;

/**
 * One running spawner: its process, our end of its socket, and the programs it has started. Its answers are read by the
 * thread {@code switchboard-spawner}.
 */
final class Resident {

    private static final int WAIT_SECONDS = 5;

    private static final long LAST_REPLIES_MILLIS = 500;
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Beyond the timeout of a launch, for the answer to come. */
    private static final int SPARE_TICKS = 5;

    private final SpawnerProcess process;
    private final Duration timeout;
    private final HungLaunches hungLaunches;
    private final Logger log;
    private final Thread reader;
    private final CompletableFuture<Long> version = new CompletableFuture<>();
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, StartedProgram> programs = new ConcurrentHashMap<>();
    /** Guards the sending half of the socket, {@link #packet}, and {@link #ending} together with what enters {@link #programs}. */
    private final ReentrantLock sending = new ReentrantLock();
    private final PacketBuffer packet = new PacketBuffer(Wire.MAX_REQUEST);
    private Optional<String> ending = Optional.empty(); // guarded by sending
    private long silence; // in ticks; used by the reader alone
    private volatile boolean closing;
    private volatile boolean alive = true;

    private Resident(SpawnerProcess process, Duration timeout, Logger log) {
        this.process = process;
        this.timeout = timeout;
        this.hungLaunches = new HungLaunches(timeout, log);
        this.log = log;
        reader = new Thread(this::read, "switchboard-spawner");
        reader.setDaemon(true);
    }

    /** Starts it and waits until it has said who it is. */
    static Resident start(Path binary, Duration timeout, Logger log) throws PosixException {
        Resident resident = new Resident(SpawnerProcess.start(binary), timeout, log);
        resident.reader.start();
        try {
            long version = resident.version.get(WAIT_SECONDS, TimeUnit.SECONDS);
            if (version != Wire.VERSION) {
                throw new PosixException(binary + " is of another version of Switchboard", 0);
            }
            return resident;
        } catch (InterruptedException e) {
            resident.close();
            Thread.currentThread().interrupt();
            throw new PosixException("interrupted while starting " + binary, LibC.EINTR);
        } catch (ExecutionException | TimeoutException e) {
            resident.close();
            throw new PosixException(binary + " was started but does not answer", 0);
        } catch (PosixException e) {
            resident.close();
            throw e;
        }
    }

    boolean isAlive() {
        return alive;
    }

    /** @throws PosixException if the request is refused or could not be handed over: then nothing has been started */
    StartedProgram launch(Launch launch, List<Launch.Limit> limits, int socket) throws PosixException {
        long id = ids.incrementAndGet();
        byte[] request = Wire.start(id, launch, limits, timeout);
        StartedProgram program = new StartedProgram(id, launch, this);
        lock();
        try {
            if (ending.isPresent()) {
                throw new PosixException("start " + launch.program() + ": " + ending.get(), 0);
            }
            programs.put(id, program);
            send(request, socket);
            return program;
        } catch (PosixException e) {
            programs.remove(id);
            throw e;
        } finally {
            sending.unlock();
        }
    }

    /** The spawner passes it on only if that program has not been reaped. */
    void signal(long id, int number) {
        try {
            lock();
            try {
                if (ending.isEmpty()) {
                    send(Wire.signal(id, number), -1);
                }
            } finally {
                sending.unlock();
            }
        } catch (PosixException e) {
            log.warn("Signal {} could not be sent to a program: {}", number, e.getMessage());
        }
    }

    /**
     * Programs whose start was asked for are still started, and all live on; the process goes. Waits for the last of its
     * replies, since what handles them belongs to a bundle that may be gone when this has returned.
     */
    void close() {
        closing = true;
        sending.lock();
        try {
            if (ending.isEmpty()) {
                process.endOfRequests();
            }
        } finally {
            sending.unlock();
        }
        try {
            reader.join(LAST_REPLIES_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lock() throws PosixException {
        try {
            if (!sending.tryLock(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new PosixException("the spawner has taken no request for " + WAIT_SECONDS + " s", LibC.EAGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PosixException("interrupted while waiting for the spawner", LibC.EINTR);
        }
    }

    /** The kernel's queue is the bounded one; when it is full we wait for room. */
    private void send(byte[] request, int socket) throws PosixException {
        long message = packet.fill(request, socket);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (LibC.sendmsg(process.socket(), message, LibC.MSG_DONTWAIT | LibC.MSG_NOSIGNAL) < 0) {
            int errno = Errors.last();
            if (errno != LibC.EAGAIN && errno != LibC.EINTR) {
                throw Errors.of("hand a request to the spawner", errno);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new PosixException("the spawner has taken no request for " + WAIT_SECONDS + " s", LibC.EAGAIN);
            }
            process.awaitRoom();
        }
    }

    private void read() {
        try {
            readAll();
        } catch (Throwable broken) {
            log.error("The answers of the spawner cannot be read any more", broken);
        } finally {
            end();
        }
    }

    private void readAll() {
        byte[] replies = new byte[Wire.MAX_REPLIES * Wire.REPLY_SIZE];
        long tick = System.nanoTime();
        for (int count = process.receive(replies); count != SpawnerProcess.CLOSED; count = process.receive(replies)) {
            silence = count > 0 ? 0 : silence;
            for (int i = 0; i < count; i++) {
                handleSafely(Wire.Reply.of(replies, i * Wire.REPLY_SIZE));
            }
            if (System.nanoTime() - tick >= TICK_NANOS) {
                tick();
                tick = System.nanoTime();
            }
        }
    }

    /**
     * Kills a spawner that does not answer: it has been stopped, and what was asked of it would be done when it is no longer
     * wanted. It answers each launch within its timeout. Ticks are counted, since the server itself may have been stopped.
     */
    private void tick() {
        hungLaunches.tick();
        Optional<StartedProgram> unanswered = programs.values().stream().filter(program -> !program.isAnswered()).findAny();
        silence = unanswered.isPresent() ? silence + 1 : 0;
        if (silence > timeout.toSeconds() + SPARE_TICKS) {
            log.error("The spawner has said nothing for {} s, asked to start {} and perhaps more; it is killed", silence,
                    unanswered.map(StartedProgram::program).orElse(""));
            process.kill();
        }
    }

    private void handleSafely(Wire.Reply reply) {
        try {
            handle(reply);
        } catch (Throwable e) {
            log.error("What was to happen when a program started or ended failed", e);
        }
    }

    private void handle(Wire.Reply reply) {
        switch (reply.kind()) {
            case Wire.Reply.HELLO -> version.complete(reply.a());
            case Wire.Reply.STARTED -> Optional.ofNullable(programs.get(reply.id())).ifPresent(program -> program.runs(reply.a()));
            case Wire.Reply.FAILED -> Optional.ofNullable(programs.remove(reply.id()))
                    .ifPresent(program -> program.failed(reply.a(), (int) reply.b()));
            case Wire.Reply.ENDED -> {
                hungLaunches.gone(reply.id());
                Optional.ofNullable(programs.remove(reply.id()))
                        .ifPresent(program -> program.ended((int) reply.a(), reply.b(), reply.c()));
            }
            case Wire.Reply.GIVEN_UP -> Optional.ofNullable(programs.remove(reply.id()))
                    .ifPresent(program -> program.givenUp(hungLaunches.killed(reply.id(), program.program(), (int) reply.b())));
            default -> log.warn("The spawner said something unknown ({}); ignored", reply.kind());
        }
    }

    private void end() {
        alive = false;
        String reason;
        sending.lock();
        try {
            reason = closing ? "the spawner was ended with the server" : "the spawner ended " + process.end();
            ending = Optional.of(reason);
            process.closeSocket();
            packet.close();
        } finally {
            sending.unlock();
        }
        version.completeExceptionally(new PosixException(reason, 0));
        if (closing) {
            process.end();
        } else {
            log.warn("{}; how {} running programs end will be unknown; it is started again with the next program", reason,
                    programs.size());
        }
        for (Long id : List.copyOf(programs.keySet())) {
            Optional.ofNullable(programs.remove(id)).ifPresent(program -> program.lost(reason));
        }
    }
}
