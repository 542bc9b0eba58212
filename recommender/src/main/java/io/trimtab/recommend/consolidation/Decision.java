package io.trimtab.recommend.consolidation;

import io.trimtab.recommend.KeptReason;
import java.util.List;
import java.util.Map;

/**
 * What a policy came to.
 *
 * @param held by index: what keeps hosts that were not looked at further, and what a policy found to keep others
 * @param commands the drained hosts in order; one command ends before the next begins
 */
record Decision(Draft draft, Map<Integer, KeptReason> held, List<List<Host>> commands, Limits limits) {}
