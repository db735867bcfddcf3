package dev.patchbay.audit;

/** @param text the entry in canonical JSON, without a line end */
record ExportLine(long seq, String text) {}
