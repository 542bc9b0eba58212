package io.trimtab.service.view;

import java.util.List;

/**
 * What a namespace or a pool of nodes is expected to need as a whole, beside what it needed.
 *
 * @param scope namespace or node_pool
 * @param series by kind; empty before the first sample
 */
public record JointForecastView(String scope, String name, List<ForecastView.SeriesView> series) {}
