package dev.patchbay.flags;

/** How far a feature has come. */
public enum FlagMaturity {
    /** Under construction: for the people and agencies on its list, mostly outside of prod. */
    ALPHA,
    /** Complete: for the people and agencies on its list. */
    BETA,
    /** Released to everybody. */
    GA
}
