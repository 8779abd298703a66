package io.catwalk.system.monitoring.picture;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.List;

import io.catwalk.system.monitoring.Panel;

/** What one type of panel shows below its title. */
@FunctionalInterface
interface PanelBody {
    void paint(Graphics2D graphics, Panel panel, List<Line> lines, Rectangle area);
}
