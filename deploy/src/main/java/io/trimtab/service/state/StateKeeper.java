package io.trimtab.service.state;

import io.prometheus.metrics.core.datapoints.Timer;
import io.trimtab.service.state.StateFile.Part;
import io.trimtab.service.view.StateView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores what was kept, then keeps it: a snapshot is taken on the thread that owns the state, which waits only for that, and written on another. Nothing that is
 * wrong with the folder keeps the service from running.
 */
public final class StateKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(StateKeeper.class);

    /** How long the end waits for the last file; 60 MB take well under a second on a disk of this century. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final StateFolder folder;
    private final Duration every;
    private final List<Section> sections;
    private final InstantSource clock;
    private final StateMetrics metrics;
    private final FolderLock lock;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("state").daemon().factory());
    private CompletableFuture<Boolean> writing = CompletableFuture.completedFuture(true);
    private Instant due;
    private volatile StateView view;

    /**
     * Restores the sections before it returns.
     *
     * @param folder is made where it is not there
     * @param clock of this machine
     * @param unclean what an end without warning cost, in words, given when the file that was restored was saved; empty when there was none
     */
    public static StateKeeper open(
            Path folder,
            Duration every,
            List<Section> sections,
            InstantSource clock,
            StateMetrics metrics,
            Function<Optional<Instant>, String> unclean) {
        StateKeeper keeper = new StateKeeper(new StateFolder(folder), every, sections, clock, metrics);
        keeper.start(unclean);
        return keeper;
    }

    private StateKeeper(
            StateFolder folder, Duration every, List<Section> sections, InstantSource clock, StateMetrics metrics) {
        this.folder = folder;
        this.every = every;
        this.sections = List.copyOf(sections);
        this.clock = clock;
        this.metrics = metrics;
        metrics.every(every);
        this.lock = new FolderLock(folder.path());
        this.due = clock.instant().plus(every);
        this.view = new StateView(folder.path().toString(), false, null, 0, List.of(), "");
    }

    private void start(Function<Optional<Instant>, String> unclean) {
        List<String> lines = new ArrayList<>();
        Optional<String> left = Optional.empty();
        try {
            Files.createDirectories(folder.path());
            left = takeLock();
            if (!lock.isHeld())
                lines.add("another Trimtab saves in %s; this one begins with what that one saved, and saves itself once"
                                .formatted(folder.path())
                        + " the other has ended");
        } catch (IOException e) {
            failed(e);
        }
        Restoring.Restored restored = new Restoring(folder, lock.isHeld(), sections).run();
        lines.addAll(restored.lines());
        left.ifPresent(
                line -> lines.add("not stopped cleanly (%s): %s".formatted(line, unclean.apply(restored.savedAt()))));
        lines.forEach(line -> LOG.info("state: {}", line));
        restored.savedAt().ifPresent(at -> metrics.kept(at, folder.size()));
        view = new StateView(
                folder.path().toString(),
                lock.isHeld(),
                restored.savedAt().orElse(null),
                folder.size(),
                lines,
                view.trouble());
    }

    public StateView view() {
        return view;
    }

    /** Saves when it is time to. To be called often, by the thread that owns the state, at moments when the state is whole. */
    public void tick() {
        Instant now = clock.instant();
        if (now.isBefore(due) || !writing.isDone()) return;
        due = now.plus(every);
        save(now);
    }

    /**
     * Saves for the last time.
     *
     * @param whole whether the thread that owns the state has ended; otherwise nothing is saved, and the next start says that this was no clean end
     */
    public void close(boolean whole) {
        boolean last = written();
        if (whole && writing.isDone()) {
            save(clock.instant());
            last = written();
        }
        boolean clean = whole && last;
        writer.shutdownNow();
        try {
            lock.release(clean);
        } catch (IOException e) {
            LOG.warn("state: the lock of {} cannot be released: {}", folder.path(), e.getMessage());
        }
    }

    /** Ends without saving, as if this one had never been there. */
    public void leave() {
        writer.shutdownNow();
        try {
            lock.leave();
        } catch (IOException e) {
            LOG.warn("state: the lock of {} cannot be released: {}", folder.path(), e.getMessage());
        }
    }

    private void save(Instant now) {
        try {
            if (!lock.isHeld()) takeLock();
            if (!lock.isHeld()) return;
            StateFile file;
            List<String> missing = new ArrayList<>();
            try (Timer _ = metrics.snapshot()) {
                file = new StateFile(
                        now,
                        sections.stream()
                                .map(section -> part(section, missing))
                                .flatMap(Optional::stream)
                                .toList());
            }
            writing = CompletableFuture.supplyAsync(() -> write(file, missing), writer);
        } catch (IOException | RuntimeException e) {
            failed(e);
            writing = CompletableFuture.completedFuture(false);
        }
    }

    /** @param missing what should be in it and cannot be made */
    private boolean write(StateFile file, List<String> missing) {
        try {
            try (Timer _ = metrics.write()) {
                folder.write(file);
            }
            long size = folder.size();
            metrics.kept(file.savedAt(), size);
            StateView before = view;
            String trouble = missing.isEmpty()
                    ? ""
                    : "%s cannot be saved, the log says why; all else is".formatted(String.join(" and ", missing));
            view = new StateView(before.folder(), true, file.savedAt(), size, before.start(), trouble);
            return missing.isEmpty();
        } catch (IOException | RuntimeException e) {
            failed(e);
            return false;
        }
    }

    private Optional<String> takeLock() throws IOException {
        return lock.take("running since " + clock.instant()).flatMap(FolderLock.Taken::left);
    }

    /** Waits for the file that is being written; whether it was. */
    private boolean written() {
        try {
            return writing.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("state: {} takes longer than {} to be written; the end does not wait", folder.path(), PATIENCE);
            return false;
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void failed(Exception e) {
        metrics.failed();
        String trouble = "nothing can be saved in %s (%s); is it there, is there room, and may this user write to it?"
                .formatted(folder.path(), e);
        LOG.warn("state: {}", trouble);
        StateView before = view;
        view = new StateView(before.folder(), lock.isHeld(), before.savedAt(), before.bytes(), before.start(), trouble);
    }

    /** Empty where it cannot be made: what is wrong with one keeps the others from being saved no more than from being restored. */
    private Optional<Part> part(Section section, List<String> missing) {
        try {
            return Optional.of(
                    new Part(section.name(), section.version(), section.save().get()));
        } catch (RuntimeException e) {
            metrics.failed();
            missing.add(section.name());
            LOG.warn("state: part {} cannot be saved", section.name(), e);
            return Optional.empty();
        }
    }
}
