"""Addresses that calendars read; who knows one needs no account."""

from django.urls import path

from articles.admin import calendar

urlpatterns = [path("<str:secret>.ics", calendar.feed, name="calendar")]
