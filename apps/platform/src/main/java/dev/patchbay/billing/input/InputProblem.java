package dev.patchbay.billing.input;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer JSON pointer (RFC 6901) of the member, which may be missing; empty for the whole body
 * @param sentence a sentence about the expected value
 */
public record InputProblem(String pointer, String sentence) {}
