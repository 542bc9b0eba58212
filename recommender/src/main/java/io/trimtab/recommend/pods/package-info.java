/** Requests and limits of pods. Front doors: {@link PodRecommender} for the loop, {@link StockVpa} and {@link Krr} for the peers' numbers from the same samples. */
@NullMarked
package io.trimtab.recommend.pods;

import org.jspecify.annotations.NullMarked;
