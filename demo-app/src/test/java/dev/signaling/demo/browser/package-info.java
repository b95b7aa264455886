/**
 * The demo in real browsers: what a person does, done by a test, and the video that they would see, looked at.
 *
 * <ol>
 *   <li>{@code Stage} is what one test plays on: a demo server of its own, and the pages it opens;
 *   <li>{@code Browser} starts and ends Chromium and Firefox, one process of each for all tests where that is possible;
 *   <li>{@code Page} is one window: open, click, look, reload, screenshot;
 *   <li>{@code VideoProof} says whether video flows;
 *   <li>{@code NatStage} is the same across an internet of network namespaces: two homes behind NATs, with the demo and coturn
 *       between them;
 *   <li>{@code BidiConnection} carries the commands, as WebDriver BiDi, and {@code OwnedProcess} holds the processes.
 * </ol>
 */
@NullMarked
package dev.signaling.demo.browser;

import org.jspecify.annotations.NullMarked;
