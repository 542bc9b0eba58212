package io.trimtab.service.web;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.trimtab.service.view.Views;
import io.trimtab.service.web.RecommendationList.Filter;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders each page once when the first round has ended, so that the first visitor does not wait until templates are parsed and classes loaded. Not
 * before: it would take the processor from what the first round needs.
 */
@Singleton
final class WarmUp implements ApplicationEventListener<ServerStartupEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(100);

    private final PagesController pages;
    private final Views views;

    WarmUp(PagesController pages, Views views) {
        this.pages = pages;
        this.views = views;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        BooleanSupplier running = event.getSource()::isRunning;
        Thread.ofPlatform().name("warm-up").daemon().start(() -> run(running));
    }

    private void run(BooleanSupplier running) {
        try {
            while (!views.ready() && running.getAsBoolean()) Thread.sleep(LOOKS_EVERY);
            renderAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The pages may be asked for all the same; who asks is then told what is wrong.
            LOG.warn("the pages could not be rendered ahead: {}", e.toString());
        }
    }

    private void renderAll() {
        pages.overview();
        pages.recommendations(Filter.NONE);
        pages.workloads("", "", 0);
        views.workloads().stream().findFirst().ifPresent(workload -> pages.workload(workload.id(), false));
        pages.policies(0);
        pages.nodes(NodeList.Filter.NONE, "");
        pages.costs("", "");
        pages.status();
    }
}
