package io.trimtab.cost.ledger;

import io.trimtab.cost.ledger.Segment.Slot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Which segments count. Files come and go only while nobody reads them. Of each file the checksum is compared before it is first used. */
final class Segments {
    private final LedgerFolder folder;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Set<Path> verified = ConcurrentHashMap.newKeySet();
    private volatile List<Segment> inForce;
    private volatile List<Slot> damaged;

    Segments(LedgerFolder folder) throws IOException {
        this.folder = folder;
        this.inForce = folder.tidied();
        this.damaged = folder.damaged();
    }

    /** While it is held no file goes. */
    Lock reading() {
        return lock.readLock();
    }

    List<Segment> inForce() {
        return inForce;
    }

    /** What was put aside because it is not as it was written, by this process or one before it. */
    List<Slot> damaged() {
        return damaged;
    }

    /** Puts two finished files in the place of whatever the slot had. */
    Segment replace(Slot slot, int version, Path pods, Path nodes) throws IOException {
        lock.writeLock().lock();
        try {
            Segment published = folder.publish(slot, version, pods, nodes);
            verified.addAll(published.files());
            // What it replaces goes out of the way with that.
            inForce = folder.tidied();
            return published;
        } finally {
            lock.writeLock().unlock();
        }
    }

    List<LocalDate> remove(Retention kept) throws IOException {
        lock.writeLock().lock();
        try {
            Optional<LocalDate> first = folder.firstOf(kept);
            return first.isPresent() ? folder.removeBefore(first.get()) : List.of();
        } finally {
            inForce = folder.tidied();
            damaged = folder.damaged();
            lock.writeLock().unlock();
        }
    }

    /**
     * Puts those aside of which a file is not as it was written.
     *
     * @return whether all are
     */
    boolean verify(List<Segment> segments) throws IOException {
        List<Segment> broken = new ArrayList<>();
        for (Segment segment : segments) if (!isIntact(segment)) broken.add(segment);
        if (broken.isEmpty()) return true;
        lock.writeLock().lock();
        try {
            for (Segment segment : broken) if (inForce.contains(segment)) folder.setAside(segment);
            inForce = folder.tidied();
            damaged = folder.damaged();
        } finally {
            lock.writeLock().unlock();
        }
        return false;
    }

    private boolean isIntact(Segment segment) throws IOException {
        lock.readLock().lock();
        try {
            // One that went meanwhile is in another, or was removed.
            if (!inForce.contains(segment)) return true;
            for (Path file : segment.files()) {
                if (verified.contains(file)) continue;
                if (!folder.isIntact(file)) return false;
                verified.add(file);
            }
            return true;
        } finally {
            lock.readLock().unlock();
        }
    }
}
