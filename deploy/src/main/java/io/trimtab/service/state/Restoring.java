package io.trimtab.service.state;

import io.trimtab.service.state.StateFile.Part;
import io.trimtab.service.state.StateFile.UnreadableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes each section from the newest file that gives it. What cannot be used is put aside and said, and never keeps the service from starting. */
final class Restoring {
    private final StateFolder folder;
    private final boolean owned;
    private final List<Section> missing;
    private final List<String> lines = new ArrayList<>();
    private Optional<Instant> savedAt = Optional.empty();

    /** @param owned whether files may be put aside */
    Restoring(StateFolder folder, boolean owned, List<Section> sections) {
        this.folder = folder;
        this.owned = owned;
        this.missing = new ArrayList<>(sections);
    }

    /**
     * @param savedAt of the newest file that gave something; empty when none did
     * @param lines for people: what was found, and what is lost
     */
    record Restored(Optional<Instant> savedAt, List<String> lines) {}

    Restored run() {
        List<Path> files = folder.files();
        for (Path file : files) if (!missing.isEmpty()) take(file);
        if (files.isEmpty()) lines.add("nothing was kept in %s before".formatted(folder.path()));
        else missing.forEach(section -> lines.add("%s was not restored: %s".formatted(section.name(), section.lost())));
        return new Restored(savedAt, List.copyOf(lines));
    }

    private void take(Path file) {
        try {
            StateFile found = StateFile.read(folder.read(file));
            int before = missing.size();
            boolean usable = true;
            for (Part part : found.parts()) usable &= take(part, file);
            if (missing.size() < before) {
                if (savedAt.isEmpty()) savedAt = Optional.of(found.savedAt());
                lines.add("restored what was saved at %s in %s".formatted(found.savedAt(), file));
            }
            // The rest of it is the newest there is, until there is a newer one.
            if (!usable && missing.size() < before) copyAside(file, ".unreadable");
            else if (!usable) putAside(file, ".unreadable");
        } catch (UnreadableException e) {
            lines.add("%s cannot be used: %s".formatted(file, e.getMessage()));
            putAside(file, e.later() ? ".unreadable" : ".corrupt");
        } catch (IOException e) {
            lines.add("%s cannot be read, may this user? %s".formatted(file, e.getMessage()));
        }
    }

    /** @return whether it holds what it should; a part that nothing here knows is left out */
    private boolean take(Part part, Path file) {
        Optional<Section> wanted = missing.stream()
                .filter(section -> section.name().equals(part.name()))
                .findFirst();
        if (wanted.isEmpty()) return true;
        try {
            wanted.get().restore().from(part.version(), part.content());
            missing.remove(wanted.get());
            lines.addAll(wanted.get().notes().get());
            return true;
        } catch (RuntimeException e) {
            // Whatever is wrong with what was kept, starting afresh is better than not starting.
            lines.add("part %s of %s cannot be used: %s".formatted(part.name(), file, e.getMessage()));
            return false;
        }
    }

    private void copyAside(Path file, String ending) {
        if (!owned) return;
        try {
            lines.add("all of it lies in %s, too".formatted(folder.copyAside(file, ending)));
        } catch (IOException e) {
            lines.add("%s cannot be copied: %s".formatted(file, e.getMessage()));
        }
    }

    private void putAside(Path file, String ending) {
        if (!owned) return;
        try {
            lines.add("it now lies in %s".formatted(folder.setAside(file, ending)));
        } catch (IOException e) {
            lines.add("%s cannot be put aside: %s".formatted(file, e.getMessage()));
        }
    }
}
