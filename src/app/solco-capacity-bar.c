/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-capacity-bar.h"

#include <glib/gi18n.h>

#include "text/solco-text-capacity.h"
#include "text/solco-text-size.h"

#define HEIGHT_PX 24
/* Ground between two segments, and between the disc and what does not fit. */
#define GAP_PX 2
#define OVER_GAP_PX 4
/* Nothing that is there is thinner. */
#define MIN_SEGMENT_PX 6
#define MIN_OVER_PX 24
/* With more sessions than these the lines between them are only noise. */
#define MAX_SHOWN_SESSIONS 12
#define ANIMATION_US 200000

typedef struct
{
  GtkWidget *widget;
  const char *css_class;
  double from;
  double shown; /* share of the scale */
  double to;
} Segment;

struct _SolcoCapacityBar
{
  GtkWidget parent_instance;

  GtkWidget *disc;
  GtkWidget *over;
  GArray *segments; /* of Segment, inside of the disc */
  double over_from;
  double over_shown;
  double over_to;
  guint tick_id;
  gint64 animation_start_us;
  char *tooltip;
};

G_DEFINE_FINAL_TYPE (SolcoCapacityBar, solco_capacity_bar, GTK_TYPE_WIDGET)

/* One of the parts that CSS paints. */
static GtkWidget *
new_part (GtkWidget *parent, const char *css_name, const char *css_class)
{
  GtkWidget *part = g_object_new (GTK_TYPE_BOX, "css-name", css_name, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (part, css_class);
  gtk_widget_set_parent (part, parent);
  return part;
}

static void
measure_disc (GtkWidget *disc, GtkOrientation orientation, int for_size, int *minimum,
              int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = 0;
  *natural = 0;
}

/* Widths of the segments in pixels, each with the ground behind it: as its share of @scale_px, but
 * none thinner than the minimum, at the cost of the widest. */
static void
share_out (SolcoCapacityBar *self, double scale_px, int disc_px, int *widths)
{
  double end = 0.;
  int start_px = 0;
  int missing_px = 0;
  guint widest = 0;

  for (guint i = 0; i < self->segments->len; i++)
    {
      end += g_array_index (self->segments, Segment, i).shown * scale_px;
      widths[i] = (int) (end + .5) - start_px;
      start_px += widths[i];
      if (g_array_index (self->segments, Segment, i).shown > 0.
          && widths[i] < MIN_SEGMENT_PX + GAP_PX)
        {
          missing_px += MIN_SEGMENT_PX + GAP_PX - widths[i];
          widths[i] = MIN_SEGMENT_PX + GAP_PX;
        }
      if (widths[i] > widths[widest])
        widest = i;
    }
  /* The free ground gives first, if it is the widest or there is nothing to take from. */
  if (self->segments->len > 0 && disc_px - start_px < widths[widest])
    widths[widest] -= CLAMP (start_px + missing_px - disc_px, 0,
                             MAX (0, widths[widest] - MIN_SEGMENT_PX - GAP_PX));
}

static void
allocate_disc (GtkWidget *disc, int width, int height, int baseline)
{
  SolcoCapacityBar *self = SOLCO_CAPACITY_BAR (gtk_widget_get_parent (disc));
  const gboolean is_rtl = gtk_widget_get_direction (disc) == GTK_TEXT_DIR_RTL;
  const int bar_px = gtk_widget_get_width (GTK_WIDGET (self));
  g_autofree int *widths = g_new0 (int, self->segments->len + 1);
  int x = 0;

  share_out (self, bar_px, width, widths);
  for (guint i = 0; i < self->segments->len; i++)
    {
      GtkWidget *widget = g_array_index (self->segments, Segment, i).widget;
      const gboolean reaches_end = i + 1 == self->segments->len && x + widths[i] >= width;
      const int segment_px = CLAMP (widths[i] - (reaches_end ? 0 : GAP_PX), 0, width - x);
      const GtkAllocation allocation
          = { is_rtl ? width - x - segment_px : x, 0, segment_px, height };

      gtk_widget_set_child_visible (widget, segment_px > 0);
      if (segment_px > 0)
        gtk_widget_size_allocate (widget, &allocation, -1);
      x = MIN (width, x + widths[i]);
    }
}

static void
solco_capacity_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 120;
      *natural = 480;
    }
  else
    {
      *minimum = HEIGHT_PX;
      *natural = HEIGHT_PX;
    }
}

static void
solco_capacity_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SolcoCapacityBar *self = SOLCO_CAPACITY_BAR (widget);
  const gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int over_px = 0;
  int disc_px;
  GtkAllocation disc;
  GtkAllocation over;

  if (self->over_shown > 0.)
    over_px = MIN (width / 2, MAX (MIN_OVER_PX, (int) (self->over_shown * width + .5)));
  disc_px = width - over_px - (over_px > 0 ? OVER_GAP_PX : 0);
  disc = (GtkAllocation){ is_rtl ? width - disc_px : 0, 0, disc_px, height };
  over = (GtkAllocation){ is_rtl ? 0 : width - over_px, 0, over_px, height };
  gtk_widget_size_allocate (self->disc, &disc, -1);
  gtk_widget_set_child_visible (self->over, over_px > 0);
  if (over_px > 0)
    gtk_widget_size_allocate (self->over, &over, -1);
}

static gboolean
solco_capacity_bar_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard,
                                  GtkTooltip *tooltip)
{
  SolcoCapacityBar *self = SOLCO_CAPACITY_BAR (widget);

  if (self->tooltip == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, self->tooltip);
  return TRUE;
}

static void
remove_segments (SolcoCapacityBar *self)
{
  for (guint i = 0; i < self->segments->len; i++)
    gtk_widget_unparent (g_array_index (self->segments, Segment, i).widget);
  g_array_set_size (self->segments, 0);
}

static void
solco_capacity_bar_dispose (GObject *object)
{
  SolcoCapacityBar *self = SOLCO_CAPACITY_BAR (object);

  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  remove_segments (self);
  g_clear_pointer (&self->disc, gtk_widget_unparent);
  g_clear_pointer (&self->over, gtk_widget_unparent);
  G_OBJECT_CLASS (solco_capacity_bar_parent_class)->dispose (object);
}

static void
solco_capacity_bar_finalize (GObject *object)
{
  SolcoCapacityBar *self = SOLCO_CAPACITY_BAR (object);

  g_array_unref (self->segments);
  g_free (self->tooltip);
  G_OBJECT_CLASS (solco_capacity_bar_parent_class)->finalize (object);
}

static void
solco_capacity_bar_class_init (SolcoCapacityBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = solco_capacity_bar_dispose;
  object_class->finalize = solco_capacity_bar_finalize;
  widget_class->measure = solco_capacity_bar_measure;
  widget_class->size_allocate = solco_capacity_bar_size_allocate;
  widget_class->query_tooltip = solco_capacity_bar_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "capacitybar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
solco_capacity_bar_init (SolcoCapacityBar *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->segments = g_array_new (FALSE, TRUE, sizeof (Segment));
  self->disc = new_part (widget, "disc", NULL);
  gtk_widget_set_layout_manager (self->disc,
                                 gtk_custom_layout_new (NULL, measure_disc, allocate_disc));
  gtk_widget_set_overflow (self->disc, GTK_OVERFLOW_HIDDEN);
  self->over = new_part (widget, "segment", "over");
  gtk_widget_set_has_tooltip (widget, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Room on the disc"), -1);
}

/**
 * solco_capacity_bar_new:
 *
 * Returns: (transfer floating): an empty bar
 */
GtkWidget *
solco_capacity_bar_new (void)
{
  return g_object_new (SOLCO_TYPE_CAPACITY_BAR, NULL);
}

static void
show_at (SolcoCapacityBar *self, double progress)
{
  for (guint i = 0; i < self->segments->len; i++)
    {
      Segment *segment = &g_array_index (self->segments, Segment, i);

      segment->shown = segment->from + (segment->to - segment->from) * progress;
    }
  self->over_shown = self->over_from + (self->over_to - self->over_from) * progress;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_allocate (self->disc);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  SolcoCapacityBar *self = SOLCO_CAPACITY_BAR (widget);
  const gint64 now_us = gdk_frame_clock_get_frame_time (clock);
  double t;

  if (self->animation_start_us == 0)
    self->animation_start_us = now_us;
  t = MIN (1., (double) (now_us - self->animation_start_us) / ANIMATION_US);
  /* Slows down towards its end. */
  show_at (self, 1. - (1. - t) * (1. - t));
  if (t < 1.)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static void
begin_move (SolcoCapacityBar *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean animates = FALSE;

  g_object_get (gtk_widget_get_settings (widget), "gtk-enable-animations", &animates, NULL);
  if (!animates || !gtk_widget_get_mapped (widget))
    {
      if (self->tick_id != 0)
        gtk_widget_remove_tick_callback (widget, self->tick_id);
      self->tick_id = 0;
      show_at (self, 1.);
      return;
    }
  self->animation_start_us = 0;
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (widget, on_tick, NULL, NULL);
}

/* What the bar is to show. */
typedef struct
{
  const char *css_class;
  double share;
} Part;

static void
set_parts (SolcoCapacityBar *self, const GArray *parts, double over, gboolean is_closed)
{
  gboolean is_same = parts->len == self->segments->len;

  for (guint i = 0; is_same && i < parts->len; i++)
    is_same = g_str_equal (g_array_index (parts, Part, i).css_class,
                           g_array_index (self->segments, Segment, i).css_class);
  if (!is_same)
    {
      remove_segments (self);
      for (guint i = 0; i < parts->len; i++)
        {
          const Part *part = &g_array_index (parts, Part, i);
          Segment segment = { .css_class = part->css_class };

          segment.widget = new_part (self->disc, "segment", part->css_class);
          /* What was there before the program looked does not grow into place. */
          segment.shown = g_str_equal (part->css_class, "staged") ? 0. : part->share;
          g_array_append_val (self->segments, segment);
        }
    }
  for (guint i = 0; i < parts->len; i++)
    {
      Segment *segment = &g_array_index (self->segments, Segment, i);

      segment->from = segment->shown;
      segment->to = g_array_index (parts, Part, i).share;
    }
  self->over_from = self->over_shown;
  self->over_to = over;
  if (is_closed)
    gtk_widget_add_css_class (self->disc, "closed");
  else
    gtk_widget_remove_css_class (self->disc, "closed");
  begin_move (self);
}

static void
add_part (GArray *parts, const char *css_class, double share)
{
  const Part part = { css_class, share };

  if (share > 0.)
    g_array_append_val (parts, part);
}

/* The older sessions, each up to where the next one starts, so that gaps belong to them. */
static void
add_older (GArray *parts, const SolcoMedium *medium, guint n_sessions, guint first_staged,
           gint64 used_blocks, double scale)
{
  if (n_sessions == 0 || medium == NULL || n_sessions > MAX_SHOWN_SESSIONS
      || n_sessions > medium->sessions->len)
    {
      add_part (parts, "older", (double) used_blocks / scale);
      return;
    }
  for (guint i = 0; i < n_sessions; i++)
    {
      const SolcoSession *sessions = (const SolcoSession *) (void *) medium->sessions->data;
      const gint64 start = i == 0 ? 0 : sessions[i].start_block;
      const gint64 end = i + 1 < n_sessions ? sessions[i + 1].start_block : used_blocks;

      add_part (parts, i >= first_staged ? "staged" : "older",
                (double) MAX (0, end - start) / scale);
    }
}

static void
set_value (SolcoCapacityBar *self, const char *sentence, double used_share)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence, GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 1.,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, CLAMP (used_share, 0., 1.),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, sentence, -1);
}

static void
add_line (GString *text, const char *name, gint64 blocks)
{
  g_autofree char *size = solco_text_size_dup_with_blocks (blocks);

  if (blocks <= 0)
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  /* Translators: a part of the disc, and its size in bytes and blocks */
  g_string_append_printf (text, C_ ("tooltip", "%s: %s"), name, size);
}

static char *
dup_tooltip (const SolcoCapacityShares *shares, guint session)
{
  GString *text = g_string_new (NULL);
  g_autofree char *older = solco_text_legend_dup_older (session - 1);
  g_autofree char *staged = solco_text_legend_dup_session (session);

  add_line (text, older, shares->older_blocks);
  add_line (text, staged, shares->staged_blocks);
  add_line (text, solco_text_legend_get_overhead (), shares->overhead_blocks);
  add_line (text, solco_text_legend_get_over (), shares->over_blocks);
  add_line (text,
            shares->is_closed ? solco_text_legend_get_closed (shares->has_to_be_mended)
                              : solco_text_legend_get_free (),
            shares->free_blocks);
  return g_string_free (text, FALSE);
}

/**
 * solco_capacity_shares_compute:
 * @shares: (out caller-allocates): how the disc is divided
 * @medium: (nullable): the disc, which knows what a closed one holds
 * @input: what was computed with
 * @capacity: what came of it
 *
 * The parts of the disc, which always sum to its capacity; what does not fit is beside it. Any
 * thread.
 */
void
solco_capacity_shares_compute (SolcoCapacityShares *shares, const SolcoMedium *medium,
                               const SolcoCapacityInput *input, const SolcoCapacity *capacity)
{
  /* What a blank disc keeps to itself, such as the head of an image, is no session. */
  const gint64 total = input->n_sessions == 0 && input->next_writable_block >= 0
                           ? capacity->free_blocks
                           : MAX (input->capacity_blocks, capacity->free_blocks);

  *shares = (SolcoCapacityShares){ .total_blocks = total };
  shares->is_closed = input->next_writable_block < 0;
  shares->has_to_be_mended = shares->is_closed && input->has_to_be_mended;
  shares->older_blocks = total - capacity->free_blocks;
  if (shares->is_closed)
    {
      if (medium != NULL)
        shares->older_blocks = CLAMP (medium->used_blocks, 0, total);
      shares->free_blocks = total - shares->older_blocks;
      return;
    }
  if (!capacity->fits)
    {
      shares->staged_blocks = capacity->free_blocks;
      shares->over_blocks = -capacity->remaining_now_blocks;
      return;
    }
  shares->staged_blocks = capacity->need_blocks;
  shares->overhead_blocks = MIN (capacity->overhead_blocks, capacity->remaining_now_blocks);
  shares->free_blocks = capacity->remaining_now_blocks - shares->overhead_blocks;
}

/**
 * solco_capacity_bar_set:
 * @self: a bar
 * @medium: (nullable): the disc, for its sessions
 * @input: what was computed with
 * @capacity: what came of it
 * @is_exact: whether the staged size was measured
 *
 * Shows the figures; segments move to their new widths. Main thread.
 */
void
solco_capacity_bar_set (SolcoCapacityBar *self, const SolcoMedium *medium,
                        const SolcoCapacityInput *input, const SolcoCapacity *capacity,
                        gboolean is_exact)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, TRUE, sizeof (Part));
  g_autofree char *sentence = NULL;
  SolcoCapacityShares shares;
  double scale;

  g_return_if_fail (SOLCO_IS_CAPACITY_BAR (self) && input != NULL && capacity != NULL);

  solco_capacity_shares_compute (&shares, medium, input, capacity);
  scale = (double) MAX (1, shares.total_blocks + shares.over_blocks);
  if (shares.older_blocks > 0)
    add_older (parts, medium, input->n_sessions, G_MAXUINT, shares.older_blocks, scale);
  add_part (parts, "staged", (double) shares.staged_blocks / scale);
  add_part (parts, "overhead", (double) shares.overhead_blocks / scale);
  set_parts (self, parts, (double) shares.over_blocks / scale, shares.is_closed);

  sentence = solco_text_capacity_dup_sentence (
      input, capacity, is_exact ? SOLCO_TEXT_PLAIN : SOLCO_TEXT_ESTIMATE);
  set_value (self, sentence, 1. - (double) shares.free_blocks / scale);
  g_free (self->tooltip);
  self->tooltip = dup_tooltip (&shares, input->n_sessions + 1);
}

/**
 * solco_capacity_bar_set_result:
 * @self: a bar
 * @medium: the disc as it is now
 * @n_staged: how many of its newest sessions are shown in the colour of what is staged
 *
 * Shows what is on a disc. Main thread.
 */
void
solco_capacity_bar_set_result (SolcoCapacityBar *self, const SolcoMedium *medium, guint n_staged)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, TRUE, sizeof (Part));
  g_autofree char *sentence = NULL;
  const guint n_sessions = medium->sessions->len;
  const double scale = (double) MAX (1, medium->capacity_blocks);
  const gboolean is_closed = medium->state == SOLCO_MEDIUM_CLOSED;

  g_return_if_fail (SOLCO_IS_CAPACITY_BAR (self) && medium != NULL);

  if (n_sessions > 0)
    add_older (parts, medium, n_sessions, n_sessions - MIN (n_staged, n_sessions),
               medium->used_blocks, scale);
  set_parts (self, parts, 0., is_closed);
  sentence = is_closed ? g_strdup (solco_text_legend_get_closed (FALSE))
                       : solco_text_capacity_dup_result (medium->free_blocks, 0, SOLCO_TEXT_PLAIN);
  set_value (self, sentence, (double) medium->used_blocks / scale);
}
