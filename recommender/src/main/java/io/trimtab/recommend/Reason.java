package io.trimtab.recommend;

/** Why a decision came out as it did: the numbers that decided it. Words are made at the edge; the record's name is its code. */
public sealed interface Reason
        permits PodReason, ReplicaReason, RetuneReason, NodeReason, KeptReason, PolicyReason, ZeroReason {}
