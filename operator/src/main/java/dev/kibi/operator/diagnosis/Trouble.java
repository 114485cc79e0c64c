package dev.kibi.operator.diagnosis;

/**
 * What keeps a pod from working.
 *
 * @param reason in one word, as conditions want it
 * @param message what, beginning with the object's name, in the words of whoever found it
 */
public record Trouble(String reason, String message) {}
